"""Our retrieval beside that of systems a user would pick instead, on the same questions."""
