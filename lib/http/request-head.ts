/** What our own handlers read of a request. A web `Request` is one, and ten times as dear to make. */
export type RequestHead = Pick<Request, 'method' | 'url' | 'headers'>
