"""Reading: up to where somebody has read each channel, and what called them since."""
