"""What Savnet measures about itself, each figure beside a baseline in the same run."""
