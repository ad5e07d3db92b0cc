"""The packaged model as an OpenVINO graph: token ids in, sentence and token vectors out.

Built operation by operation instead of converted from PyTorch: unpacking then needs no PyTorch
(start-up and memory), one matrix product serves query, key and value, pooling and normalisation
stay in the graph, and OpenVINO's converter is never used.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from retriever.model_openvino import import_openvino
from retriever.model_source import ModelShape, PackagedWeights

IDS: Final = "input_ids"
MASK: Final = "attention_mask"
OUTPUT: Final = "sentence_embedding"
TOKENS: Final = "token_embeddings"
MASKED: Final = -10_000.0
"""Added to the attention of padding: its exponential is 0, and it is finite in bfloat16."""
TINY: Final = 1e-12


def build_graph(weights: PackagedWeights) -> Any:
    """Build the model as an OpenVINO graph with free batch size and length.

    Args:
        weights: the decoded source.

    Returns:
        ``openvino.Model`` with int64 inputs ``input_ids`` and ``attention_mask`` (n, tokens) and
        two float32 outputs: ``sentence_embedding`` (n, hidden), the L2-normalised mean of the
        tokens, and ``token_embeddings`` (n, tokens, hidden), the sum of each token's last two
        hidden states, each scaled to length 1 (see ``retriever.token_embedding``).
    """
    return _Builder(weights).build()


class _Builder:
    def __init__(self, weights: PackagedWeights) -> None:
        self._openvino = import_openvino()
        self._ops = self._openvino.opset13
        self._weights = weights
        self._shape: ModelShape = weights.shape

    def build(self) -> Any:
        ops = self._ops
        ids = ops.parameter([-1, -1], np.int64, name=IDS)
        mask = ops.parameter([-1, -1], np.int64, name=MASK)
        for node in (ids, mask):
            node.output(0).get_tensor().set_names({node.get_friendly_name()})
        mask_values = ops.convert(mask, "f32")
        bias = self._attention_bias(mask_values)
        state = self._embed(ids)
        below = state
        for layer in range(self._shape.layers):
            below, state = state, self._layer(state, bias, f"l{layer}.")
        vector = self._pool(state, mask_values)
        tokens = ops.add(self._unit_rows(below), self._unit_rows(state))
        results = []
        for node, name in ((vector, OUTPUT), (tokens, TOKENS)):
            node.output(0).get_tensor().set_names({name})
            results.append(ops.result(node, name=name))
        return self._openvino.Model(results, [ids, mask], "multilingual-e5-small")

    def _constant(self, values: Any, dtype: type = np.float32) -> Any:
        return self._ops.constant(np.asarray(values, dtype=dtype))

    def _embed(self, ids: Any) -> Any:
        ops, shape, read = self._ops, self._shape, self._weights.tensor
        words = ops.gather(
            self._constant(read("emb.word", shape.vocabulary, shape.hidden)),
            ids,
            self._constant(0, np.int64),
        )
        # Every text is one segment, so the first segment row is part of each position.
        segment = read("emb.type", shape.types, shape.hidden)[0]
        table = self._constant(read("emb.pos", shape.positions, shape.hidden) + segment)
        length = ops.gather(
            ops.shape_of(ids), self._constant([1], np.int64), self._constant(0, np.int64)
        )
        first, step = self._constant([0], np.int64), self._constant([1], np.int64)
        positions = ops.slice(table, first, length, step, self._constant([0], np.int64))
        return self._normalise(ops.add(words, positions), "emb.ln.")

    def _attention_bias(self, mask_values: Any) -> Any:
        ops = self._ops
        wide = ops.unsqueeze(mask_values, self._constant([1, 2], np.int64))
        return ops.multiply(ops.subtract(self._constant([1.0]), wide), self._constant([MASKED]))

    def _layer(self, state: Any, bias: Any, name: str) -> Any:
        ops = self._ops
        attended = self._dense(self._attend(state, bias, name), name + "ao")
        state = self._normalise(ops.add(attended, state), name + "aln.")
        wide = ops.gelu(self._dense(state, name + "fi", wide_out=True), "erf")
        folded = self._dense(wide, name + "fo", wide_in=True)
        return self._normalise(ops.add(folded, state), name + "oln.")

    def _attend(self, state: Any, bias: Any, name: str) -> Any:
        ops, shape = self._ops, self._shape
        size = shape.hidden // shape.heads
        read = self._weights.tensor
        matrix = np.concatenate([read(f"{name}{x}.w", shape.hidden, shape.hidden) for x in "qkv"])
        offset = np.concatenate([read(f"{name}{x}.b", shape.hidden) for x in "qkv"])
        joined = self._product(state, matrix, offset)
        heads = ops.reshape(
            joined, self._constant([0, 0, 3, shape.heads, size], np.int64), special_zero=True
        )
        turned = ops.transpose(heads, self._constant([2, 0, 3, 1, 4], np.int64))
        axis = self._constant(0, np.int64)
        query, key, value = (
            ops.gather(turned, self._constant(part, np.int64), axis) for part in range(3)
        )
        found = ops.scaled_dot_product_attention(query, key, value, bias)
        back = ops.transpose(found, self._constant([0, 2, 1, 3], np.int64))
        return ops.reshape(back, self._constant([0, 0, shape.hidden], np.int64), special_zero=True)

    def _dense(
        self, state: Any, name: str, *, wide_in: bool = False, wide_out: bool = False
    ) -> Any:
        shape, read = self._shape, self._weights.tensor
        rows = shape.feed_forward if wide_out else shape.hidden
        columns = shape.feed_forward if wide_in else shape.hidden
        return self._product(state, read(name + ".w", rows, columns), read(name + ".b", rows))

    def _product(self, state: Any, matrix: NDArray[np.float32], offset: NDArray[np.float32]) -> Any:
        product = self._ops.matmul(state, self._constant(matrix), False, True)
        return self._ops.add(product, self._constant(offset.reshape(1, 1, -1)))

    def _normalise(self, state: Any, name: str) -> Any:
        ops, shape = self._ops, self._shape
        axes = self._constant([-1], np.int64)
        centred = ops.mvn(state, axes, True, shape.epsilon, "inside_sqrt")
        scale = self._weights.tensor(name + "w", shape.hidden).reshape(1, 1, -1)
        offset = self._weights.tensor(name + "b", shape.hidden).reshape(1, 1, -1)
        return ops.add(ops.multiply(centred, self._constant(scale)), self._constant(offset))

    def _unit_rows(self, state: Any) -> Any:
        return self._ops.normalize_l2(state, self._constant([2], np.int64), TINY, "max")

    def _pool(self, state: Any, mask_values: Any) -> Any:
        ops = self._ops
        axis = self._constant([1], np.int64)
        weights = ops.unsqueeze(mask_values, self._constant([2], np.int64))
        total = ops.reduce_sum(ops.multiply(state, weights), axis, False)
        count = ops.maximum(ops.reduce_sum(weights, axis, False), self._constant([1.0]))
        mean = ops.divide(total, count)
        return ops.normalize_l2(mean, self._constant([1], np.int64), TINY, "max")
