import type { ChatImagePart } from '#lib/contract/chat-images'

/** The images of a sent message; each opens large in a new tab. */
export function MessageImages({ images }: { images: readonly ChatImagePart[] }) {
  if (images.length === 0) return null
  return (
    <ul aria-label="Images" className="mb-2 flex max-w-full flex-wrap justify-end gap-2">
      {images.map(({ url }, index) => (
        <li key={url}>
          <a
            href={url}
            target="_blank"
            rel="noopener"
            title="Open large in a new tab"
            className="block hover:opacity-85"
          >
            {/* oxlint-disable-next-line next/no-img-element -- one user's own bytes: nothing for a shared image cache */}
            <img
              src={url}
              alt={nameOf(index)}
              className="h-28 max-w-44 min-w-20 sm:h-36 sm:max-w-64 rounded-lg border border-hairline bg-sunken object-cover"
            />
            <span className="sr-only">, opens in a new tab</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function nameOf(index: number) {
  return `image ${index + 1} of your message`
}
