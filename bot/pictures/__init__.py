"""The ideas of an answer as one picture: photos side by side, numbered as in the text, with their prices.

collage  draws it, and tells it in words for who cannot see it; pure
photo    opens what a shop calls a photo, or says why not; nothing it holds is trusted
maker    fetches the photos and draws; no picture is better than a late one
font     DejaVu Sans Bold, letters of Europe's languages and signs of currencies (licence beside it)
"""
