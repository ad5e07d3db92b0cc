"""The KakaoTalk skill: an answer in Kakao's bubbles, within Kakao's five seconds."""
