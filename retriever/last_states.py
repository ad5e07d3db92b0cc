"""The states of a transformer's tokens below its last layer, caught while it runs on PyTorch."""

from __future__ import annotations

from typing import Any, Final

_STATES: Final = 2
LATE_STATES: Final = "late_states"
"""Under this name they stand beside what the model itself gives."""


def catch_last_states(model: Any) -> None:
    """Let a sentence-transformers model give ``LATE_STATES`` with its token embeddings.

    They are (texts, tokens, hidden): the sum of each token's last two hidden states, each of
    length 1; see ``retriever.token_embedding`` for why. A model whose last layer's output is not
    its last hidden state (one with a norm behind all layers, one without layers) gives none: what
    its layers pass on is not meant to be compared.

    Args:
        model: a ``SentenceTransformer``; one call at a time may run it from here on.
    """
    layers = _layers(model)
    if len(layers) < _STATES:
        return
    caught: dict[int, Any] = {}

    def catch(place: int) -> Any:
        def hook(_layer: Any, _inputs: Any, output: Any) -> None:
            caught[place] = output[0] if isinstance(output, tuple) else output

        return hook

    for place in (-2, -1):
        layers[place].register_forward_hook(catch(place))
    model[0].register_forward_hook(lambda _module, _inputs, features: _joined(features, caught))


def _layers(model: Any) -> Any:
    """Return the transformer's layers in order; nothing where there are none to be found."""
    from torch.nn import ModuleList

    inner = getattr(model[0], "model", None)
    count = getattr(getattr(inner, "config", None), "num_hidden_layers", None)
    if inner is None or count is None:
        return ()
    lists = (m for m in inner.modules() if isinstance(m, ModuleList) and len(m) == count)
    return next(lists, ())


def _joined(features: Any, caught: dict[int, Any]) -> Any:
    from torch import equal
    from torch.nn.functional import normalize

    below, last = caught.pop(-2, None), caught.pop(-1, None)
    states = features.get("token_embeddings")
    if below is None or last is None or states is None or last.shape != states.shape:
        return features
    if below.shape == last.shape and equal(last, states):
        features[LATE_STATES] = normalize(below, dim=-1) + normalize(last, dim=-1)
    return features
