"""Languages and peoples: capitalised words that name no entity ("the German corpus")."""

from typing import Final

_LANGUAGES: Final = (
    "wolof breton sorbian luganda xhosa tigrinya kinyarwanda oromo sindhi faroese occitan "
    "african afrikaans albanian american amharic arabic armenian asian assamese austrian "
    "bangla basque bengali brazilian british bulgarian burmese canadian cantonese catalan "
    "chinese croatian czech danish dutch egyptian english esperanto estonian european farsi "
    "filipino finnish flemish french galician georgian german greek gujarati hausa hebrew "
    "hindi hungarian icelandic igbo indian indic indonesian irish italian japanese javanese "
    "kannada kazakh khmer korean kurdish kyrgyz lao latin latvian lithuanian macedonian malay "
    "malayalam maltese mandarin maori marathi mexican mongolian nepali nigerian nordic "
    "norwegian pashto persian polish portuguese punjabi quechua romanian russian sanskrit "
    "scottish serbian sinhala slavic slovak slovene slovenian somali spanish swahili swedish "
    "swiss tagalog tamil telugu thai tibetan turkish ukrainian urdu uyghur uzbek vietnamese "
    "welsh yoruba zulu western eastern southern northern modern ancient standard"
)
LANGUAGES: Final = frozenset(_LANGUAGES.split())
