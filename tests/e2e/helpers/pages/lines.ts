import type { Page, Route } from '@playwright/test'

// The two channels of the race, as the page asks for them. What a test asks by itself passes.

const polls = /\/api\/file\/file_[0-9a-z]+$/
const lists = /\/api\/file(\?[^/]*)?$/
const streams = /\/api\/v1\/events\//

export function isPoll(url: string) {
  return polls.test(url)
}

type Fate = (route: Route) => Promise<void>

export const refuse: Fate = (route) => route.abort('connectionrefused')

export const answer503: Fate = (route) =>
  route.fulfill({ status: 503, body: 'Service Unavailable' })

export const answer500: Fate = (route) =>
  route.fulfill({ status: 500, body: 'Internal Server Error' })

/** What the network of a hotel answers in place of the server, with every sign of success. */
export const answerHtml: Fate = (route) =>
  route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Welcome! Please log in.</h1>' })

/** Accepts the request and never says a word. */
export const neverAnswer: Fate = () => new Promise(() => {})

export async function disturbStreams(page: Page, fate: Fate) {
  await page.route(streams, fate)
}

/** The list of videos stays as the page first read it: its poll is no way for news. */
export async function freezeList(page: Page) {
  await page.route(lists, (route) =>
    route.request().headers()['if-none-match'] ? route.fulfill({ status: 304 }) : route.fallback(),
  )
}

/** Disturbs the polls alone: a check, a report or a deletion goes through. */
export async function disturbPolls(page: Page, fate: Fate) {
  await page.route(polls, (route) =>
    route.request().method() === 'GET' ? fate(route) : route.fallback(),
  )
}

/** Lets polls through and puts these headers in their answers. */
export function answerPollsSaying(page: Page, headers: Record<string, string>) {
  return disturbPolls(page, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, headers: { ...response.headers(), ...headers } })
  })
}
