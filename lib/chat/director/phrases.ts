import { beginningOf, lengthOf } from '#lib/contract/text/plain-text'
import type { GenerateVideoOutput, VideoBrief } from '#lib/contract/chat-tools'
import type { Language } from './request.ts'

const listedAtMost = 12

const stateLabels: Record<Language, Record<VideoBrief['status'], string>> = {
  en: {
    pending: 'waiting',
    processing: 'being made',
    completed: 'ready',
    failed: 'failed',
    canceled: 'canceled',
  },
  ru: {
    pending: 'в очереди',
    processing: 'снимается',
    completed: 'готово',
    failed: 'не получилось',
    canceled: 'отменено',
  },
}

interface Phrases {
  who: string
  greet: string
  thank: string
  /** The one question, where nothing can be seen in a request. */
  askScene: string
  /** The same, where the request was no request. */
  askAgain: string
  /** The one question, where there is an image and nothing is said of it. */
  askMotion: string
  /** The one question, where a request is about an image that is not there. */
  askImage: string
  /** What an image does where the user leaves it open; a prompt. */
  anyMotion: string
  noVideos: string
  noSuchVideo(numbers: number): string
  making(count: number): string
  changing(video: VideoBrief): string
  varying(video: VideoBrief): string
  started(video: VideoBrief): string
  startedMany(count: number): string
  denied: string
  failed(reason: string): string
  canceled(video: VideoBrief): string
  shown(video: VideoBrief): string
  listed(videos: VideoBrief[]): string
}

/** Everything the director says. */
export const phrases: Record<Language, Phrases> = {
  en: {
    who: 'I am the director of this studio: a rule-based program, no AI. I understand simple requests in English and Russian. Ask me to make a video ("a vertical video of rain over a night city"), to change one ("the second one, but at sunset"), to animate an image you attach, to vary, lengthen, shorten or turn it, to cancel it, or to list what you have. The operator of this service can connect a language model in my place.',
    greet: 'Hello. What video shall I make?',
    thank: 'You are welcome. Tell me what to make or change next.',
    askScene: 'What should be seen in the video? One sentence is enough.',
    askMotion: 'What should happen in the image? One sentence is enough.',
    askImage: 'Which image do you mean? Attach it to your next message.',
    anyMotion: 'The picture comes to life with gentle, natural movement.',
    askAgain:
      'I understand simple requests only. What should be seen in the video? One sentence is enough.',
    noVideos: 'There is no video here yet. What shall I make?',
    noSuchVideo: (count) =>
      count === 1
        ? 'I do not find that video. There is one in this chat: number 1. Shall I take it?'
        : `Which video do you mean? There are ${count} in this chat; give me its number.`,
    making: (count) => (count > 1 ? `I am starting ${count} videos.` : 'I am starting it.'),
    changing: (video) => `I am making a new version of ${name('video', video)}.`,
    varying: (video) => `I am making ${name('video', video)} once more, with another seed.`,
    started: (video) =>
      `Started as ${name('video', video)}: ${video.seconds} s, ${video.aspectRatio}, ${video.resolution}.${video.image ? ' It begins with your image.' : ''}${maker(video, 'en')} It appears in its card as soon as it is ready.`,
    startedMany: (count) => `${count} videos are under way. Each appears in its card.`,
    denied: 'All right, it was not started and costs nothing.',
    failed: (reason) => `That did not work. ${reason}`,
    canceled: (video) => `${capital(name('video', video))} is being canceled.`,
    shown: (video) => `Here is ${name('video', video)}: ${stateLabels.en[video.status]}.`,
    listed: (videos) =>
      videos.length === 0
        ? 'There is no video yet.'
        : `${videos.length === 1 ? 'One video' : `${videos.length} videos`}:\n\n${lines(videos, 'en')}`,
  },
  ru: {
    who: 'Я режиссёр этой студии: программа с правилами, без ИИ. Понимаю простые просьбы на русском и английском. Попросите снять видео («вертикальное видео: дождь над ночным городом»), изменить его («второе, но на закате»), оживить картинку, которую вы прикрепите, сделать вариант, удлинить, укоротить, повернуть, отменить или показать список. Владелец сервиса может подключить вместо меня языковую модель.',
    greet: 'Здравствуйте. Какое видео снять?',
    thank: 'Пожалуйста. Скажите, что снять или изменить дальше.',
    askScene: 'Что должно быть в кадре? Хватит одного предложения.',
    askMotion: 'Что должно происходить на картинке? Хватит одного предложения.',
    askImage: 'Какую картинку вы имеете в виду? Прикрепите её к следующему сообщению.',
    anyMotion: 'Картинка оживает: мягкое, естественное движение.',
    askAgain:
      'Я понимаю только простые просьбы. Что должно быть в кадре? Хватит одного предложения.',
    noVideos: 'Здесь пока нет видео. Что снять?',
    noSuchVideo: (count) =>
      count === 1
        ? 'Такого видео нет. В этом чате одно видео: номер 1. Взять его?'
        : `Какое видео вы имеете в виду? В этом чате их ${count}; назовите номер.`,
    making: (count) => (count > 1 ? `Запускаю ${count} видео.` : 'Запускаю.'),
    changing: (video) => `Делаю новую версию: ${name('видео', video)}.`,
    varying: (video) => `Снимаю ещё раз с другим зерном: ${name('видео', video)}.`,
    started: (video) =>
      `Запущено, ${name('видео', video)}: ${video.seconds} с, ${video.aspectRatio}, ${video.resolution}.${video.image ? ' Начнётся с вашей картинки.' : ''}${maker(video, 'ru')} Появится в карточке, как только будет готово.`,
    startedMany: (count) => `В работе ${count} видео. Каждое появится в своей карточке.`,
    denied: 'Хорошо, видео не запущено и ничего не стоит.',
    failed: (reason) => `Не получилось. ${reason}`,
    canceled: (video) => `Отменяю: ${name('видео', video)}.`,
    shown: (video) => `Вот ${name('видео', video)}: ${stateLabels.ru[video.status]}.`,
    listed: (videos) =>
      videos.length === 0
        ? 'Видео пока нет.'
        : `Видео (${videos.length}):\n\n${lines(videos, 'ru')}`,
  },
}

/** Who makes it and for how much, where the user could not know: it costs something, or an image decided it. */
function maker({ model, costUsd, image }: VideoBrief, language: Language) {
  if (costUsd === 0 && !image) return ''
  const dollars = `$${costUsd < 0.01 ? costUsd : costUsd.toFixed(2)}`
  const [who, price] =
    language === 'ru'
      ? [`Снимает ${model}`, `, примерно за ${dollars}`]
      : [`${model} makes it`, ` for about ${dollars}`]
  return ` ${who}${costUsd > 0 ? price : ''}.`
}

function name(noun: string, { number, prompt }: VideoBrief) {
  return number === null ? `${noun} “${short(prompt)}”` : `${noun} ${number}`
}

function lines(videos: VideoBrief[], language: Language) {
  const line = (video: VideoBrief) =>
    `- ${video.number === null ? '' : `**${video.number}.** `}${short(video.prompt)} (${video.seconds} ${language === 'ru' ? 'с' : 's'}, ${video.aspectRatio}, ${stateLabels[language][video.status]})`
  return videos.slice(-listedAtMost).map(line).join('\n')
}

/** A prompt short enough for a line, and without what markdown would read. */
function short(prompt: string) {
  const plain = prompt.replaceAll(/[*_`~[\]<>#|\\]/g, '').replaceAll(/\s+/gu, ' ')
  return lengthOf(plain) <= 60 ? plain : `${beginningOf(plain, 57)}…`
}

function capital(text: string) {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const insteadLabels = {
  en: {
    nearest: 'The nearest there is',
    insteadOf: 'instead of',
    s: 's',
    sound: 'with sound',
    silence: 'without sound',
    negative: 'without the words of what not to show',
  },
  ru: {
    nearest: 'Ближайшее из возможного',
    insteadOf: 'вместо',
    s: 'с',
    sound: 'со звуком',
    silence: 'без звука',
    negative: 'без слов о том, чего не показывать',
  },
}

/** What gave way to what the model can do, as a sentence; nothing where nothing did. */
export function insteadMessage(video: GenerateVideoOutput, language: Language) {
  const { insteadOf = {}, seconds, resolution, model } = video
  const speech = insteadLabels[language]
  const swap = (made: string, asked: string) => `${made} ${speech.insteadOf} ${asked}`
  const swaps = [
    insteadOf.seconds && swap(`${seconds} ${speech.s}`, `${insteadOf.seconds} ${speech.s}`),
    insteadOf.resolution && swap(resolution, insteadOf.resolution),
    insteadOf.model && swap(model, insteadOf.model),
    insteadOf.sound !== undefined && (insteadOf.sound ? speech.silence : speech.sound),
    insteadOf.negativePrompt && speech.negative,
  ].filter(Boolean)
  return swaps.length > 0 ? `${speech.nearest}: ${swaps.join(', ')}.` : ''
}
