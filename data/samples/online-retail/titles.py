"""Turns the till's own product names ("S/3 F.FAIRY CANDLE/GLASS, ROSE") into titles a shopper can read."""

from __future__ import annotations

import re

# Applied in order, on upper case text. Whole words unless the pattern says otherwise.
_REWRITES: list[tuple[str, str]] = [
    (r"^[*]+", ""),
    (r"Â£", "£"),
    (r"(?<=\d)['’]S\b", "S"),  # 50'S
    (r"\bF\.? ?FAIRY\b|\bFLWR FAIRY\b", "FLOWER FAIRY"),
    (r"\bM\.O\.P\b|\bM\.O ?P(?:EARL)?\b|\bMOP\b", "MOTHER OF PEARL"),
    (r"\bM/COLOUR\b", "MULTICOLOUR"),
    (r"\bOF(?=\d)", "OF "),
    (r"\bD\.O\.F\.?", "TUMBLER"),
    (r"\bB['’]FLY\b", "BUTTERFLY"),
    (r"\bP['’]WEIGHT\b", "PAPERWEIGHT"),
    (r"\bB['’]DRAW\b", "BEDROOM DRAWER"),
    (r"\bSIL['’]T\b", "SILHOUETTE"),
    (r"\bC/COVER\b", "CUSHION COVER"),
    (r"\bP/FRAME\b|\bPHOTOFRAME\b", "PHOTO FRAME"),
    (r"\bW/ ?(?=[A-Z])|\bW(?= )", "WITH "),
    (r"\bS/ ?(\d+)", r"SET OF \1 "),
    (r"\bSET/ ?(\d+)", r"SET OF \1 "),
    (r"\bSET (?=\d)", "SET OF "),
    (r"\b(PACK|BOX|BASKET)/ ?(\d+)", r"\1 OF \2 "),
    (r"\bT[- ]?LI(?:GHT|TE)(S?)\b|\bTEALIGHT(S?)\b", r"TEA LIGHT\1\2"),
    (r"(\d)\s*(?:\"|'')(?=\s|$|[A-Z])", r"\1 INCH "),
    (r"(?<=[A-Z])\.(?=\d)", " "),
    (r"(\d+)\s*X\s*(\d+)\s*X\s*(\d+)\s*CM\b", r"\1 x \2 x \3 cm"),
    (r"(\d+)(?:CM)?\s*X\s*(\d+)\s*CM\b", r"\1 x \2 cm"),
    (r"(\d+)\s*CM\b", r"\1 cm"),
    (r"(\d)PC\b", r"\1 PIECE"),
    (r"\bBIRDHOUSE", "BIRD HOUSE"),
    (r"\bPOT ?POURR?I\b", "POT POURRI"),
    (r"\bPOP-?ART\b", "POP ART"),
    (r"\bART DEC\b", "ART DECO"),
    (r"\b(\d+) ?LIGHT\b", r"\1 LIGHT"),
    (r"\bPHOTO A$", "PHOTO ALBUM"),
    (r"\bPINK BUTTERFL$", "PINK BUTTERFLY"),
    (r"\bW/SUCK$|\bWITH SUCK$", "WITH SUCKER"),
    (r"\bTEA LIGHT HOLD$", "TEA LIGHT HOLDER"),
    (r"\bWITH STR$| \bST$| \bTO$", ""),
    (r"\bANT(?= )", "ANTIQUE"),
    (r"\bNO\.? ?(?=\d)", "NUMBER "),
    (r"\s\d{5}$", ""),  # the supplier's code behind greeting cards
    (r"(?<=\w)\s*\+\s*(?=\w)|\s*&\s*", " AND "),
    (r"(?<=[A-Z])/(?=[A-Z])", " AND "),
    (r"\s*\(([^)]*)\)?", r", \1"),
    (r"\s-\s*(?=[A-Z])", ", "),
]
_WORDS = {
    "ASSTD": "ASSORTED", "ASST": "ASSORTED", "ASS": "ASSORTED", "DES": "DESIGN", "COL": "COLOUR",
    "DEC": "DECORATION", "DECS": "DECORATIONS", "NECKL": "NECKLACE", "NECKLAC": "NECKLACE",
    "GARLD": "GARLAND", "TURQ": "TURQUOISE", "SQU": "SQUARE", "RND": "ROUND", "SML": "SMALL",
    "LRG": "LARGE", "LGE": "LARGE", "VINT": "VINTAGE", "BLK": "BLACK", "WHT": "WHITE", "WHIT": "WHITE",
    "HLDR": "HOLDER", "FLWR": "FLOWER", "FLOWE": "FLOWER", "CAND": "CANDLE", "CANDL": "CANDLE",
    "CHOC": "CHOCOLATE", "RECT": "RECTANGULAR", "XMAS": "CHRISTMAS", "CINAMMON": "CINNAMON",
    "SANDLEWOOD": "SANDALWOOD", "STRAWBERY": "STRAWBERRY", "STRAWBRY": "STRAWBERRY",
    "FUSCHIA": "FUCHSIA", "FOLDIN": "FOLDING", "CEATURE": "CREATURE", "UTILTY": "UTILITY",
    "ARTIIFCIAL": "ARTIFICIAL", "CONTEMPORY": "CONTEMPORARY", "SILOUETTE": "SILHOUETTE",
    "ORNAMENETAL": "ORNAMENTAL", "CAMOUFLAGUE": "CAMOUFLAGE", "HYDRANGA": "HYDRANGEA",
    "CANNISTER": "CANISTER", "JEWELED": "JEWELLED", "TASSLE": "TASSEL", "DOILEY": "DOILY",
    "EXPRESSO": "ESPRESSO", "SHARPNER": "SHARPENER", "PANNETONE": "PANETTONE", "COZY": "COSY",
    "TRAVELING": "TRAVELLING", "MARAKESH": "MARRAKESH", "WINDCHIME": "WIND CHIME", "DIAMON": "DIAMOND",
    "KEYRING": "KEY RING", "KEYRINGS": "KEY RINGS", "KEY-RING": "KEY RING", "CAKESTAND": "CAKE STAND",
    "DRAWERKNOB": "DRAWER KNOB", "SQUARECUSHION": "SQUARE CUSHION", "SWIRLGLASS": "SWIRL GLASS",
    "BAROQUECANDLESTICK": "BAROQUE CANDLESTICK", "VIPPASSPORT": "VIP PASSPORT",
    "STOPMETAL": "STOP METAL", "BLACKBLUE": "BLACK AND BLUE", "PINKWHITE": "PINK AND WHITE",
    "CHILDRENS": "CHILDREN'S", "CHILDS": "CHILD'S", "GARDENERS": "GARDENER'S", "MUMS": "MUM'S",
    "LADIES": "LADIES'", "STRIPEY": "STRIPY", "TOASTRACK": "TOAST RACK", "TILED": "TILED",
    "POLKADOT": "POLKA DOT", "CANDLEHOLDER": "CANDLE HOLDER", "CARDHOLDER": "CARD HOLDER",
    "BIRDFEEDER": "BIRD FEEDER", "BIRDCAGE": "BIRD CAGE", "FRAPPUCINO": "FRAPPUCCINO", "LAZER": "LASER",
    "COLUMBIAN": "COLOMBIAN", "KIDS": "KIDS'",
    "PAISELY": "PAISLEY", "METALIC": "METALLIC", "FLOWR": "FLOWER", "BUTTERFILE": "BUTTERFLY",
    "LAQUERED": "LACQUERED", "BRACLET": "BRACELET", "STRWBERRY": "STRAWBERRY", "REDWHITE": "RED AND WHITE",
    "BUDAH": "BUDDHA", "MONTAN": "MONTANA", "RASPBERR": "RASPBERRY", "SKIPPPING": "SKIPPING", "BLOND": "BLONDE",
    "CANDYSTUFT": "CANDYTUFT", "CHOCOLATECANDLE": "CHOCOLATE CANDLE", "GEBRA": "GERBERA", "EMAMEL": "ENAMEL",
}  # fmt: skip
_PROPER = [
    "Christmas", "Easter", "London", "Paris", "Parisienne", "English", "England", "French", "Danish",
    "Chinese", "Swiss", "Swiss Roll", "Russian", "Scandinavian", "Moroccan", "Kashmiri", "Kashmir",
    "Hawaiian", "Tuscan", "Roman", "Georgian", "Victorian", "Edwardian", "Regency", "Union Jack",
    "Union Flag", "Charlie and Lola", "Lola", "Charlie", "Marie Antoinette", "Elvis", "Suki", "Babushka",
    "Dolly Girl", "Spaceboy", "Buffalo Bill", "Las Vegas", "Monte Carlo", "St Tropez", "Buddha", "Noel",
    "Madras", "Acapulco", "Medina", "Murano", "Tahiti", "Santa", "Halloween", "Valentine", "Scottie",
    "Scotties", "Marrakesh", "Provencal", "Colombian", "Oriental", "Indian", "African", "Celtic", "Morris",
    "Maxwell", "Haynes", "Haynes Mini-Cooper", "Mr", "Mrs", "Dr", "I", "I'm", "Bakelike", "Lolita",
    "Wee Willie Winkie", "Savannah", "Boudicca", "Bertie", "Jean-Paul", "Maria", "Rosie", "Emily", "Sally",
    "Alice in Wonderland", "Robinson Crusoe", "Riviera", "Montana", "Capri", "Czech", "Czechoslovakia",
    "Europe", "Euro", "Noah", "Top Trumps", "Henrietta", "Olga", "Amelie", "Molly", "Poppy's", "Christmas Eve",
]  # fmt: skip
_CAPITALS = {"TV", "LED", "USB", "CD", "VIP", "3D", "A4", "A5", "A6", "A7", "ABC", "UK", "UBO"}
_PROPER_PATTERN = re.compile(r"\b(" + "|".join(sorted(map(re.escape, _PROPER), key=len, reverse=True)) + r")\b", re.I)
_CASED = {name.lower(): name for name in _PROPER}
_NONSENSE = re.compile(
    r"\?|\b(DAMAGE[DS]?|TEST|SAMPLES?|ADJUST|LOST|WRONG|FOUND|CHECK|CARRIAGE|PACKING CHARGE|POSTAGE|VOUCHER|"
    r"MANUAL|DISCOUNT|THROWN AWAY|SOLD AS|MIXED UP|SHOWROOM|DONATION|BAD DEBT|TO MATCH ALL|DISPLAY STAND)\b"
    r"|\bNO$|\bSIGN NO\b|\bCANNABIS\b|\bSPLIFF\b"
)


def is_nonsense(raw: str) -> bool:
    """True for what no shopper could be offered: notes of the warehouse, fees, vouchers, cut-off names."""
    text = raw.strip().upper()
    return len(re.sub(r"[^A-Z]", "", text)) < 4 or bool(_NONSENSE.search(text))


def presentable(raw: str) -> str:
    """Return a sentence-case title with abbreviations written out, proper names kept and codes cut."""
    text = re.sub(r"\s+", " ", raw).strip().upper()
    for pattern, written in _REWRITES:
        text = re.sub(pattern, written, text)
    text = re.sub(r"[A-Z0-9'’-]+", lambda found: _WORDS.get(found[0], found[0]), text)
    text = re.sub(r"\s*,\s*", ", ", text)
    text = re.sub(r"\s*\"\s*([A-Z][A-Z +]{2,}?)\s*\"\s*", r' "\1" ', text)
    text = re.sub(r"\s+", " ", text).strip(" ,.-*")
    text = re.sub(r"\b(?!BON )(\w+) \1\b", r"\1", text, flags=re.I)
    lowered = " ".join(word if word.strip(',."') in _CAPITALS else word.lower() for word in text.split(" "))
    lowered = re.sub(r'letter "(\w)"', lambda found: f'letter "{found[1].upper()}"', lowered)
    named = _PROPER_PATTERN.sub(lambda found: _CASED[found[0].lower()], lowered)
    return named[:1].upper() + named[1:]
