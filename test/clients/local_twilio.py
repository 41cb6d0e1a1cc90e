"""Python's twilio, pointed at a Twilio elsewhere:
Client(sid, token, http_client=LocalTwilio("https://127.0.0.1:4010", "ca.pem"))
"""
from twilio.http.http_client import TwilioHttpClient


class LocalTwilio(TwilioHttpClient):
    def __init__(self, base_url, ca_file):
        super().__init__()
        self.base_url = base_url
        self.session.verify = ca_file

    def request(self, method, url, *args, **kwargs):
        return super().request(method, url.replace("https://api.twilio.com", self.base_url), *args, **kwargs)
