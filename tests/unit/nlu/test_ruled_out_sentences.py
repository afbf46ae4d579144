"""Sentences with what they like and what they rule out: possession, past gifts, dislike, bans, gifts by others."""

# ruff: noqa: E501 - one sentence to a line
from __future__ import annotations

from datetime import date

import pytest

from nlu.reading import read
from nlu.words.lexicon import Lexicon

SENTENCES = """
    My sister already owns three teapots and a samovar |  | teapots, samovar
    He has more ties than he can count |  | ties
    dad's shed is full of power tools |  | power tools
    her shelves are overflowing with cookbooks |  | cookbooks
    their house is stuffed with ornaments already |  | ornaments
    she has enough scarves to open a shop |  | scarves
    he's well stocked with aftershave |  | aftershave
    my nan's never short of slippers |  | slippers
    She has about a hundred candles |  | candles
    I swear he has a million hoodies |  | hoodies
    she's set for handbags |  | handbags
    we're all good for wine glasses |  | wine glasses
    he doesn't need another wallet |  | wallet
    the last thing she needs is another mug |  | mug
    nobody needs more tea towels |  | tea towels
    she bought herself an air fryer last month |  | air fryer
    he's just treated himself to a drone |  | drone
    My brother picked up a new guitar in the sales |  | guitar
    she recently upgraded her camera |  | camera
    he just replaced his headphones |  | headphones
    mum finally got herself a kindle |  | kindle
    Kindle: she's got one |  | kindle
    Air fryer? He already has it |  | air fryer
    jewellery she has coming out of her ears |  | jewellery
    Gin she already has by the crate |  | gin
    He has all the gadgets |  | gadgets
    she already possesses a pasta machine |  | pasta machine
    he got a smartwatch for his last birthday |  | smartwatch
    She received a bathrobe from her parents at Christmas |  | bathrobe
    her collection of snow globes is complete |  | snow globes
    he's up to his neck in socks |  | socks
    loves tea but has a cupboard bursting with mugs | tea | mugs
    Her husband's already sorted the jewellery |  | jewellery
    her parents have perfume covered |  | perfume
    his sister is doing the cake |  | cake
    My brother is handling the whisky |  | whisky
    Chocolates are covered by the kids |  | chocolates
    the flowers are taken care of |  | flowers
    jewellery is already spoken for |  | jewellery
    her mum has bagsied the spa voucher |  | spa voucher
    his girlfriend is giving him concert tickets |  | concert tickets
    Everyone gets her bath salts |  | bath salts
    everybody and their dog buys him beer |  | beer
    people keep giving him socks |  | socks
    She gets candles from everyone |  | candles
    every year somebody hands her a scarf |  | scarf
    all her friends give her plants |  | plants
    his colleagues clubbed together for a hamper |  | hamper
    Grandma is knitting him a jumper |  | jumper
    I already have a necklace wrapped for her |  | necklace
    I've got books and a game lined up for him |  | books, game
    we have already bought him trainers |  | trainers
    I've ordered her a blanket, just need one small extra |  | blanket
    He asked for a scooter and his uncle is buying it |  | scooter
    her brother beat me to the record player |  | record player
    somebody else is bringing wine |  | wine
    Last year it was a watch |  | watch
    Last time we gave him a hammock |  | hammock
    last christmas she got a robe from me |  | robe
    I did a photo album for her 60th |  | photo album
    for our first anniversary I made a scrapbook |  | scrapbook
    previous gifts: cufflinks, a globe and a pen |  | cufflinks, globe, pen
    In the past I have given her earrings, tulips and a shawl |  | earrings, tulips, shawl
    we went with a hamper last year |  | hamper
    Two years ago she had a massage voucher from us |  | massage voucher
    I always end up giving him a bottle of port |  | port
    my usual go-to is a gift card |  | gift card
    I normally go for flowers |  | flowers
    Every birthday I buy her a houseplant |  | houseplant
    Candles have been done |  | candles
    I gave my brother a tankard when he graduated |  | tankard
    the necklace I bought her last year is still in its box |  | necklace
    He returned the jumper I got him |  | jumper
    she swapped the perfume for something else |  | perfume
    mum took the toaster back to the shop |  | toaster
    he regifted the aftershave |  | aftershave
    My aunt exchanged the handbag we gave her |  | handbag
    The jigsaw went down like a lead balloon |  | jigsaw
    the meditation app was a disaster |  | meditation app
    the bath bombs never got used |  | bath bombs
    He never opened the chess set I gave him |  | chess set
    she hasn't touched the yoga mat |  | yoga mat
    She hates musicals |  | musicals
    my boss detests golf |  | golf
    Dad loathes anything with lavender |  | lavender
    he absolutely cannot stand heavy metal |  | heavy metal
    she can't abide lilies |  | lilies
    she can't bear strong scents |  | strong scents
    grandad has no patience with gadgets |  | gadgets
    She finds jigsaws boring |  | jigsaws
    he thinks jewellery is a waste of money |  | jewellery
    my wife considers perfume tacky |  | perfume
    he's not really a wine person |  | wine
    she isn't much of a chocolate eater |  | chocolate
    he's no reader |  |
    She's not one for make-up |  | make-up
    he isn't big on sweets |  | sweets
    not his thing: football |  | football
    football isn't his thing |  | football
    Poetry has never been her thing |  | poetry
    cooking is not her cup of tea |  | cooking
    Pink isn't her colour |  | pink
    gardening really isn't for him |  | gardening
    She turns her nose up at chain-store chocolate |  | chain-store chocolate
    he rolls his eyes at motivational quotes |  | motivational quotes
    romantic comedies bore him |  | romantic comedies
    Clowns creep her out |  | clowns
    Spiders freak him out |  | spiders
    he's over Star Wars |  | star wars
    she's so over fairy lights |  | fairy lights
    He's gone off coffee |  | coffee
    he went off beer years ago |  | beer
    she has grown out of dolls |  | dolls
    my nephew has outgrown lego |  | lego
    he's done with video games |  | video games
    She's moved on from unicorns |  | unicorns
    he lost interest in magic tricks |  | magic tricks
    no longer interested in horses |  | horses
    she no longer drinks wine |  | wine
    he used to collect stamps but has given it up |  | stamps
    She quit smoking so no lighters |  | smoking, lighters
    he gave up alcohol in January |  | alcohol
    my sister has stopped eating chocolate |  | chocolate
    dad's off sugar |  | sugar
    she's cutting out caffeine |  | caffeine
    he swore off gin |  | gin
    She doesn't do caffeine |  | caffeine
    My uncle doesn't touch spirits |  | spirits
    she'd never wear a brooch |  | brooch
    he would never use a diary |  | diary
    Hats he never wears |  | hats
    jewellery she doesn't wear |  | jewellery
    she hardly ever wears bracelets |  | bracelets
    he rarely reads novels |  | novels
    She barely drinks tea |  | tea
    He's vegetarian so nothing with meat | vegetarian | meat
    gluten-free household, she loves baking | gluten-free, baking |
    He's allergic to nuts and shellfish |  | nuts, shellfish
    she has a latex allergy |  | latex
    Dairy is a no because he's intolerant |  | dairy
    Perfume gives her headaches |  | perfume
    lilies make my cat ill |  | lilies
    feathers set off his asthma |  | feathers
    Wool makes her itch |  | wool
    red wine gives my mum migraines |  | red wine
    nickel irritates her skin |  | nickel
    She can't have caffeine because of the baby |  | caffeine
    he mustn't eat grapefruit |  | grapefruit
    he's diabetic, so sweets are out |  | sweets
    She is coeliac so no biscuits or beer |  | biscuits, beer
    he reacts badly to wool |  | wool
    no perfume, no make-up and please no bath sets |  | perfume, make-up, bath sets
    No candles! |  | candles
    nothing made of leather |  | leather
    nothing scented or edible |  | scented, edible
    nothing to do with football, please |  | football
    nothing that needs batteries |  | batteries
    anything but socks |  | socks
    anything except gift cards or cash |  | gift cards, cash
    Don't even think about perfume |  | perfume
    don't you dare suggest a mug |  | mug
    please leave out alcohol |  | alcohol
    please skip the candles |  | candles
    let's skip jewellery this time |  | jewellery
    we can rule out clothes |  | clothes
    I'd steer away from books |  | books
    keep it free of plastic |  | plastic
    Gift cards are banned in our family |  | gift cards
    toy guns are not allowed |  | toy guns
    Alcohol isn't permitted at the office |  | alcohol
    the home doesn't allow candles |  | candles
    her landlord won't let her have pets or plants |  | pets, plants
    her school forbids nuts |  | nuts
    they've asked for no toys |  | toys
    She said no more plants |  | plants
    she's asked us not to buy chocolate |  | chocolate
    he specifically told me not to get him a watch |  | watch
    Jewellery is a hard no |  | jewellery
    Plants? Hard pass. |  | plants
    anything with glitter is a no from me |  | glitter
    mugs, socks and candles are off the list |  | mugs, socks, candles
    Alcohol is off limits |  | alcohol
    puzzles are out, so are board games |  | puzzles, board games
    cash would be insulting |  | cash
    Flowers feel too impersonal |  | flowers
    a voucher seems like a cop-out |  | voucher
    gift cards are so lazy |  | gift cards
    a gym membership might offend her |  | gym membership
    clothes are risky because I don't know her size |  | clothes
    Perfume is too personal |  | perfume
    lingerie would be inappropriate |  | lingerie
    a dog is out of the question |  | dog
    a bike won't fit in her flat |  | bike
    Wine won't get past customs |  | wine
    I'm trying to avoid plastic toys |  | plastic toys
    She has no use for ties |  | ties
    he has no space for furniture |  | furniture
    there's no room for more books |  | books
    She has no interest in sport |  | sport
    he has zero interest in fashion |  | fashion
    her flat is too small for plants |  | plants
    knick-knacks would only gather dust |  | knick-knacks
    a vase would just sit in a cupboard |  | vase
    cookbooks end up in the charity shop |  | cookbooks
    an ornament would go straight in the bin |  | ornament
    Fancy wine is wasted on him |  | fancy wine
    He wouldn't know what to do with a tablet |  | tablet
    make-up is lost on her |  | make-up
    she would hate a surprise party |  | surprise party
    I doubt he'd use a cookbook |  | cookbook
    I don't think she'd like jewellery |  | jewellery
    I don't see him wearing a bow tie |  | bow tie
    she's hopeless with plants |  | plants
    he isn't good with computers |  | computers
    My mother kills every plant |  | plant
    I thought about a necklace but that felt too much |  | necklace
    I considered a hamper, but he's on a diet |  | hamper
    I was going to get him a grill but his flat has no balcony |  | grill
    was tempted by a puppy but she travels too much |  | puppy
    My first idea was a fountain pen but he never writes by hand |  | fountain pen
    A scarf was my first thought but she has dozens |  | scarf
    so far I've ruled out slippers and gloves |  | slippers, gloves
    I've dropped the idea of a cruise |  | cruise
    rather than the usual flowers, something lasting |  | flowers
    instead of wine I want something personal |  | wine
    something better than a mug |  | mug
    beyond the obvious flowers and chocolates |  | flowers, chocolates
    not another candle, I beg you |  | candle
    enough with the socks already |  | socks
    no christmas stuff pls | | christmas
    she's jewish so no christmas stuff | | christmas
    no it's on saturday | |
    maybe fudge nothing over thirty pounds | fudge |
    she likes teapots but has way too many | | teapots
    he loves socks but he already has far too many | | socks
    enough candles please | | candles
    no idk | |
    stop with the scarves | | scarves
    likes: beer. hates: slippers, ties | beer | slippers, ties
    avoid - fudge | | fudge
    forget the rum, she prefers tea | tea | rum
    nah skip the scarf | | scarf
    ok forget the ties | | ties
    no slippers ta | | slippers
    no perfume tbh | | perfume
    no socks cheers | | socks
    I'm banned from buying more teapots | | teapots
    as long as it isn't a scarf | | scarf
    provided it's not perfume | | perfume
    He prefers rum to whisky | rum | whisky
    she'd rather have tea than coffee | tea | coffee
    she likes silver, not gold | silver | gold
    more into cats than dogs | cats | dogs
    loves gardening but hates roses | gardening | roses
    she loves cooking, hates baking | cooking | baking
    He likes whisky but not bourbon | whisky | bourbon
    she likes most music except jazz | music | jazz
    he plays bass, not guitar | bass | guitar
    big fan of horror films, though not gory ones | horror films |
    He likes reading but not on a screen | reading |
    My daughter is mad about horses but scared of dogs | horses | dogs
    my dad's a keen angler who can't swim | angler |
    He lives and breathes cricket | cricket |
    my gran can't get enough of crosswords | crosswords |
    She's happiest with her hands in the soil |  |
    my boss goes sailing every weekend | sailing |
    she has recently taken up archery | archery |
    she's learning the ukulele | ukulele |
    my cousin just got into sourdough | sourdough |
    her passion is wild swimming | wild swimming |
    he's a huge Blondie fan | blondie |
    they keep chickens and bees | chickens, bees |
    he breeds tropical fish | tropical fish |
    she volunteers at an animal shelter | animal shelter |
    my aunt does a lot of calligraphy | calligraphy |
    she swears by herbal tea | herbal tea |
    he's a sucker for liquorice | liquorice |
    she has a soft spot for owls | owls |
    He's got a thing for vintage radios | vintage radios |
    my wife has been getting into candle making | candle making |
    gardening is her happy place | gardening |
    chess is his life | chess |
    Anything space related makes his day | space |
    she's never without a paperback |  |
    no idea, she's impossible |  |
    He has no hobbies whatsoever |  |
    she has two cats and a rabbit | cats, rabbit |
    I have no more ideas |  |
    not sure what she'd like |  |
    can't go wrong with chocolate, she loves it | chocolate |
    she doesn't mind flowers |  |
    he can't live without his guitar | guitar |
    she already knows about the party |  |
    I never know what to buy him |  |
    he never says no to cheese |  |
    she hasn't got a garden but loves plants | plants |
    doesn't matter if it's used |  |
    my mum isn't getting any younger, she loves bingo | bingo |
    she wouldn't say no to gin |  |
    not too expensive, she likes art | art |
    his flat is full of light |  |
    nothing over £30 please, he enjoys darts | darts |
    she's out of town until friday |  |
    is there anything for people who have everything |  |
"""
"""A sentence to a line: what is said | what is liked | what is ruled out."""


def _rows() -> list[tuple[str, list[str], list[str]]]:
    rows = [line.split("|") for line in SENTENCES.strip().splitlines()]
    return [(text.strip(), _things(likes), _things(out)) for text, likes, out in rows]


def _things(column: str) -> list[str]:
    return [thing.strip() for thing in column.split(",") if thing.strip()]


@pytest.mark.parametrize(("text", "likes", "out"), _rows())
def test_a_sentence_rules_out_its_things_and_nothing_else(
    text: str, likes: list[str], out: list[str], lexicon: Lexicon
) -> None:
    """Whoever says it, on whichever side of the verb the thing stands; what is liked in the same breath stays a like."""
    reading = read(text, today=date(2026, 6, 1), lexicon=lexicon, country="GB")
    assert sorted(reading.exclusions) == sorted(out)
    assert set(likes) <= set(reading.interests)
