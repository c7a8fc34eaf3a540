/** Where nothing listens, nor ever will: a port of the system's own, and none that `fetch` refuses by itself. */
export const closedAddress = 'http://127.0.0.1:2'
