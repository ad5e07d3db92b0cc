"""What Kakao's platform sends to a skill."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class _Open(BaseModel):
    """Kakao adds fields from time to time."""

    model_config = ConfigDict(extra="ignore")


class KakaoUser(_Open):
    """말한 사람입니다."""

    id: str = Field(default="", max_length=500, description="봇 안에서 사용자를 가리키는 값입니다.")


class UserRequest(_Open):
    """사용자의 말입니다."""

    utterance: str = Field(default="", description="사용자가 한 말입니다.")
    user: KakaoUser = Field(default_factory=KakaoUser)
    callback_url: str | None = Field(
        default=None,
        alias="callbackUrl",
        max_length=2000,
        description="나중에 답을 보낼 주소이며, 블록에서 콜백을 켰을 때만 옵니다.",
    )


class KakaoBot(_Open):
    """봇입니다."""

    id: str = Field(default="", max_length=500)


class SkillRequest(_Open):
    """카카오 챗봇 관리자센터가 스킬 서버에 보내는 요청입니다."""

    user_request: UserRequest = Field(alias="userRequest")
    bot: KakaoBot = Field(default_factory=KakaoBot)

    @property
    def person(self) -> str:
        """Who speaks to which bot, as one value; empty where the platform does not say."""
        user = self.user_request.user.id
        return f"{self.bot.id}/{user}" if user else ""
