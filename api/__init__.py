"""The service: command line, HTTP and chatbot adapters over the answerer."""
