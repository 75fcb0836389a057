"""Pictures of the numbers, to be read on a phone and by the colour-blind: figures in, PNG out, words translated.

Each module draws one picture. They load matplotlib, which is slow: import them where something is drawn.
"""
