/** An image as the text of a message tells of it. */
export interface ToldImage {
  /** Its number in the chat, in order of appearance. */
  number: number
  id: string
}

const mark = /\[image (\d{1,5}): (image_[0-9a-z]{24})\]/gu

/** The words that stand for an image in what a model is told. */
export function imageMark(number: number, id: string) {
  return `[image ${number}: ${id}]`
}

/** The images a text tells of, and the text without those words. */
export function readImageMarks(text: string): { images: ToldImage[]; text: string } {
  const images = [...text.matchAll(mark)].map(([, number, id]) => ({
    number: Number(number),
    id: id!,
  }))
  return { images, text: text.replaceAll(mark, ' ').trim() }
}
