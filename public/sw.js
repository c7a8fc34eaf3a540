// The service worker of the studio: shows pushes and opens the right video from them, takes pictures that are shared to
// the installed app, and says when a page cannot be reached. It answers nothing else: streams, polls, media and the API
// go to the server as if it were not there, and no page is ever shown from a cache.

const scope = new URL(self.registration.scope)
const offlineCache = 'photofinish-offline-1'
const sharedCache = 'photofinish-shared'
const offlinePages = { en: 'offline.html', ru: 'offline.ru.html' }
const offlineScript = 'offline.js'
const studio = 'tools/video-generator'

self.addEventListener('install', (event) => {
  const files = [...Object.values(offlinePages), offlineScript]
  const fresh = files.map((file) => new Request(file, { cache: 'reload' }))
  event.waitUntil(caches.open(offlineCache).then((cache) => cache.addAll(fresh)))
  void self.skipWaiting()
})

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOver())
})

async function takeOver() {
  const old = (await caches.keys()).filter(
    (name) => name.startsWith('photofinish-offline-') && name !== offlineCache,
  )
  await Promise.all(old.map((name) => caches.delete(name)))
  await self.clients.claim()
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const isOfflineScript =
    request.destination === 'script' && request.url.endsWith(`/${offlineScript}`)
  if (isOfflineScript) event.respondWith(cached(offlineScript))
  if (request.mode !== 'navigate') return
  if (request.method === 'POST' && new URL(request.url).pathname === at('share-target'))
    event.respondWith(takeShared(request))
  else if (request.method === 'GET') event.respondWith(fetch(request).catch(offlinePage))
})

/** Stands at the address that was asked for, so its script is asked for beside that, and found here. */
function offlinePage() {
  return cached(offlinePages[self.navigator.language.startsWith('ru') ? 'ru' : 'en'])
}

async function cached(file) {
  return (await caches.match(new URL(file, scope))) ?? Response.error()
}

/** Keeps a picture for the page that opens next, which takes it from the cache and begins a video with it. */
async function takeShared(request) {
  const form = await request.formData()
  const picture = form.get('picture')
  const words = [form.get('title'), form.get('text')].filter(
    (text) => typeof text === 'string' && text !== '',
  )
  const page = new URL(studio, scope)
  if (words.length > 0) page.searchParams.set('prompt', words.join('\n').slice(0, 1_000))
  if (picture instanceof File && picture.size > 0) {
    const headers = { 'content-type': picture.type, 'x-name': encodeURIComponent(picture.name) }
    const cache = await caches.open(sharedCache)
    await cache.put(new URL('shared-picture', scope), new Response(picture, { headers }))
    page.searchParams.set('shared', 'picture')
  }
  return Response.redirect(page, 303)
}

self.addEventListener('push', (event) => {
  const { title, body, tag, path } = event.data?.json() ?? {}
  if (!title) return
  const options = {
    body,
    tag,
    data: { path },
    icon: at('icons/icon-192.png'),
    badge: at('icons/badge-96.png'),
  }
  event.waitUntil(self.registration.showNotification(title, options))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(show(event.notification.data?.path))
})

/** Brings the page of a notice to the front: one that shows it already, else a new one. Pages of ours only. */
async function show(path) {
  const page = new URL(path ?? studio, scope)
  const wanted = page.href.startsWith(scope.href) ? page : new URL(studio, scope)
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const open = pages.find(({ url }) => url === wanted.href)
  await (open ? open.focus() : self.clients.openWindow(wanted))
}

/** A subscription that the browser has renewed by itself: the server learns of it, where a session is still there. */
self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(renew(event.newSubscription))
})

async function renew(subscription) {
  if (!subscription) return
  await fetch(at('api/push/subscriptions'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(subscription),
  })
}

function at(path) {
  return new URL(path, scope).pathname
}
