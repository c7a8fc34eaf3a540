import { message } from '#lib/messages/message'
import { AppError } from '../../errors.ts'
import { processWide } from '../../process-wide.ts'

/** How many uploads may be under way at once. */
export interface InFlightLimits {
  anOwner: number
  anAddress: number
  all: number
}

/**
 * A form takes four pictures at once and a message of the chat four; an address may be a household or an office. One
 * that is under way is a file and no memory: a few addresses that drip do not fill all places.
 */
const limits: InFlightLimits = { anOwner: 8, anAddress: 24, all: 240 }

type Place = `${'owner' | 'address'} ${string}` | 'all'

/** Counts the uploads under way, and lets no more begin than may. */
export class InFlight {
  private readonly counts = new Map<Place, number>()
  private readonly limits: InFlightLimits

  constructor(given: InFlightLimits) {
    this.limits = given
  }

  /** Does the work as one more of these. Throws `too_many_uploads`, with nothing done, where one of them is full. */
  async hold<T>(places: Place[], work: () => Promise<T>): Promise<T> {
    for (const place of places) if (this.isFull(place)) throw tooMany(place)
    for (const place of places) this.change(place, 1)
    try {
      return await work()
    } finally {
      for (const place of places) this.change(place, -1)
    }
  }

  private isFull(place: Place) {
    const { anOwner, anAddress, all } = this.limits
    const most = place === 'all' ? all : place.startsWith('owner') ? anOwner : anAddress
    return (this.counts.get(place) ?? 0) >= most
  }

  private change(place: Place, by: number) {
    const count = (this.counts.get(place) ?? 0) + by
    if (count > 0) this.counts.set(place, count)
    else this.counts.delete(place)
  }
}

export function uploadsInFlight() {
  return processWide('uploads in flight', () => new InFlight(limits))
}

function tooMany(place: Place) {
  return new AppError('too_many_uploads', {
    userMessage: message('upload.tooManyAtOnce'),
    logMessage: `too many uploads under way: ${place}`,
    retryAfterSeconds: 5,
  })
}
