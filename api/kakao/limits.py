"""What KakaoTalk allows, in one place.

The times are those of Kakao's guide for skill developers; the sizes were read in third-party code.
"""

from __future__ import annotations

# The platform gives up after five seconds; the rest is for the way there and back.
ANSWER_SECONDS = 4.5
# A callback URL is good for one minute and one use; the rest is for the way.
CALLBACK_SECONDS = 54.0
CALLBACK_POST_SECONDS = 5.0

MOST_OUTPUTS = 3
MOST_TEXT_CHARS = 1000
# KakaoTalk folds a bubble that is longer than this.
FOLDED_CHARS = 500
MOST_CARD_TITLE = 50
MOST_CARD_DESCRIPTION = 400
MOST_CARDS = 10
MOST_BUTTON_LABEL = 14
MOST_QUICK_REPLIES = 10
