"""Geungeo spoken to as if it were a chat model: the shapes of OpenAI's chat completions."""
