import { answerOembed } from '#lib/http/share/oembed'

export const GET = (request: Request) => answerOembed(request)
