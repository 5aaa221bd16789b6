"""The tray that letters of an exercise are put in: nothing leaves the house."""
