"""What a turn costs, part by part, and side by side with stock Rasa: `make bench`. Figures, never tests."""
