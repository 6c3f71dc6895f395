"""What runs inside Rasa's process: the input channel, the NLU components and the training command."""
