// npm's twilio, pointed at a Twilio elsewhere:
//   twilio(sid, token, { httpClient: new LocalTwilio("https://127.0.0.1:4010") })
import twilio from "twilio";

export class LocalTwilio extends twilio.RequestClient {
  constructor(baseUrl) {
    super();
    this.baseUrl = baseUrl;
  }

  request(options) {
    return super.request({ ...options, uri: options.uri.replace("https://api.twilio.com", this.baseUrl) });
  }
}
