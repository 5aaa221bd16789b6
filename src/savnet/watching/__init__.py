"""The watcher: is the house awake, and who is told when it is not?"""
