/** `GET /api/push/subscriptions`: what a browser subscribes with, and the browsers of this user that did. */
export interface PushAnswer {
  /** The public key of this installation, base64url. */
  publicKey: string
  browsers: PushBrowser[]
}

export interface PushBrowser {
  id: string
  /** The user agent it named itself by, cut. */
  agent: string
  createdAt: string
}
