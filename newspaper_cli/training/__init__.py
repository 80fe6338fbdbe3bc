"""Making the weights: what the program learns from clean text and from gold."""
