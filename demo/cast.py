"""The people of the sample community: all of them made up."""

from typing import Final, NamedTuple

PASSWORD: Final = "a sample of a password"
SAMPLE: Final = "robin"
"""Whose eyes one looks through; owns the instance."""


class Figure(NamedTuple):
    """Somebody: how they are called, what they say of themselves, and whether they are around."""

    username: str
    shown: str
    hue: int
    status: str = "offline"
    saying: str = ""
    bio: str = ""
    pronouns: str = ""


CAST: Final = (
    Figure("robin", "Robin Vale", 205, "offline", "", "Wires in trees, tea in hand.", "they/them"),
    Figure("juno", "Juno Hart", 340, "online", "listening on 40 m", "Antenna person.", "she/her"),
    Figure("tomas", "Tomas Reed", 25, "online", "", "Everything I build hums.", "he/him"),
    Figure("mira", "Mira Okafor", 285, "online", "net control tonight", "I keep the log.", "she/her"),
    Figure("eskil", "Eskil", 150, "idle", "", "North end of nowhere.", "he/him"),
    Figure("paloma", "Paloma Díaz", 50, "online", "soldering, do not poke", "Small parts.", "she/her"),
    Figure("wen", "Wen Li", 180, "dnd", "contest weekend", "QRP and stubborn.", "they/them"),
    Figure("otto", "Otto Brandt", 10, "online", "", "Tubes. Only tubes."),
    Figure("saoirse", "Saoirse Byrne", 120, "online", "", "Boat, radio, dog.", "she/her"),
    Figure("kofi", "Kofi Mensah", 35, "idle", "back after lunch", "Software defined everything.", "he/him"),
    Figure("ines", "Inês Prado", 310, "online", "", "Propagation nerd.", "she/her"),
    Figure("halden", "Halden Moss", 90, "online", "on the hill", "Hills with batteries.", "he/him"),
    Figure("yuki", "Yuki Arai", 260, "dnd", "", "Morse at 28 wpm on a good day.", "she/her"),
    Figure("bartek", "Bartek", 200, "online", "", "Will fix it for a story."),
    Figure("nadia", "Nadia Karim", 330, "online", "", "Bread first, then the rest.", "she/her"),
    Figure("fergus", "Fergus Lang", 65, "offline", "", "Rye and regret.", "he/him"),
    Figure("amelie", "Amélie Roux", 15, "online", "proofing", "", "she/her"),
    Figure("dov", "Dov Adler", 230, "idle", "", "Reads slowly on purpose.", "he/him"),
    Figure("priya", "Priya Nair", 300, "online", "", "Type systems and tomatoes.", "she/her"),
    Figure("lasse", "Lasse Holm", 140, "online", "compiling", "", "he/him"),
    Figure("teodora", "Teodora Ilić", 275, "offline", "", "Footnotes are the best part.", "she/her"),
    Figure("rasheed", "Rasheed Bell", 45, "online", "", "Tide tables by heart.", "he/him"),
    Figure("marit", "Marit Sand", 190, "online", "low water 16:40", "I photograph mud.", "she/her"),
    Figure("caspian", "Caspian Wu", 160, "idle", "", "", "he/him"),
    Figure("opal", "Opal Winters", 320, "online", "game night!", "Rules lawyer, reformed.", "she/her"),
    Figure("jonas", "Jonas Pike", 75, "online", "", "I shuffle badly.", "he/him"),
    Figure("zuri", "Zuri Adeyemi", 0, "dnd", "reading the rulebook", "", "she/her"),
    Figure("elio", "Elio Conti", 110, "offline", "", "Co-op only.", "he/him"),
    Figure("greta", "Greta Lind", 240, "online", "", "", "she/her"),
    Figure("mateus", "Mateus Rocha", 20, "online", "", "New here, be kind.", "he/him"),
    Figure("ivy", "Ivy Chen", 95, "idle", "", "", "she/her"),
    Figure("sol", "Sol Marín", 55, "offline", "", "", "they/them"),
    Figure("hana", "Hana Kovář", 210, "online", "", "Third floor, left door.", "she/her"),
    Figure("pim", "Pim de Wit", 130, "online", "on the balcony", "Third floor, right door.", "he/him"),
    Figure("lucja", "Łucja Nowak", 350, "offline", "", "", "she/her"),
    Figure("arlo", "Arlo Finch", 30, "online", "", "", "he/him"),
    Figure("devi", "Devi Rao", 290, "offline", "", "", "she/her"),
    Figure("noor", "Noor Haddad", 170, "online", "", "", "she/her"),
    Figure("bram", "Bram Visser", 220, "offline", "", "", "he/him"),
    Figure("quill", "Quill", 265, "offline", "", "Mostly lurking.", "they/them"),
    Figure("stromboli", "stromboli", 5, "offline", "", ""),
    Figure("cheapcoils", "CHEAP COILS", 60, "offline", "", ""),
)  # fmt: skip
