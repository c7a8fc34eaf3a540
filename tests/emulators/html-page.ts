/** A page where something else was expected. */
export const htmlPage = '<!doctype html><title>502 Bad Gateway</title><h1>nginx</h1>'
