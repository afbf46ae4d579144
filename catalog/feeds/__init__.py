"""Merchants' feeds: bytes in, products and rejections out.

reading     what everybody else calls: a feed file, read in a confined process
parsing     the whole way of one feed inside that process, from bytes to results
unpacking   gzip and zip, counted while read
formats     tells the format by what the bytes hold
delimited, shopify, xml_items, json_lines   one reader a format: rows of plain text by column name
columns     which names a column may have
cleaning    a row into a Product, an OfferUpdate or a Rejection; its parts: money, text, availability, times
rules       every rule a row can break, with the hint that is told
"""
