import type { TemplateSettings } from '#lib/contract/library/templates'
import type { MediaType } from '#lib/contract/generation'
import type { Locale } from '#lib/messages/locales'

/** A template that comes with the studio. */
export interface OurTemplate {
  /** Stars name it: it stays. */
  id: string
  kind: MediaType
  /** No model: the one that is chosen makes it. */
  settings: Omit<TemplateSettings, 'prompt'>
  words: Record<Locale, { name: string; prompt: string }>
}

export const ourVideos: OurTemplate[] = [
  {
    id: 'push-in',
    kind: 'video',
    settings: { aspectRatio: '16:9' },
    words: {
      en: {
        name: 'Camera: slow push-in',
        prompt:
          'Slow dolly-in on {subject|an old lighthouse keeper} in {place|a lamp room at dusk}. The shot opens wide and ends on a close-up of {detail|his weathered hands on the brass}. Eye level, 50 mm lens, shallow depth of field, soft light from one side. One continuous take, no cuts.',
      },
      ru: {
        name: 'Камера: плавный наезд',
        prompt:
          'Камера медленно наезжает: {герой|старый смотритель маяка}, {место|фонарная комната в сумерках}. Кадр начинается общим планом и заканчивается крупным: {деталь|обветренные руки на латуни}. Уровень глаз, объектив 50 мм, малая глубина резкости, мягкий боковой свет. Один дубль без склеек.',
      },
    },
  },
  {
    id: 'orbit',
    kind: 'video',
    settings: { aspectRatio: '16:9' },
    words: {
      en: {
        name: 'Camera: orbit',
        prompt:
          'The camera makes one smooth half circle around {subject|a dancer standing still}, who stays in the center of the frame. {place|A rooftop at golden hour}. Constant speed and distance, strong parallax in the background, rim light from behind. One continuous take.',
      },
      ru: {
        name: 'Камера: облёт',
        prompt:
          'Камера плавно облетает по полукругу: {герой|неподвижная танцовщица}, всегда в центре кадра. {место|Крыша на закате}. Скорость и расстояние постоянны, фон заметно смещается, контровой свет очерчивает силуэт. Один дубль без склеек.',
      },
    },
  },
  {
    id: 'aerial',
    kind: 'video',
    settings: { aspectRatio: '16:9' },
    words: {
      en: {
        name: 'Camera: aerial reveal',
        prompt:
          'Drone shot: the camera flies low over {foreground|a pine forest in morning mist}, rises over the ridge and reveals {view|a turquoise mountain lake}. Steady forward motion, wide lens, horizon level, long shadows of early light. No people, no text.',
      },
      ru: {
        name: 'Камера: пролёт с дрона',
        prompt:
          'Съёмка с дрона: камера низко летит над местностью, {передний план|сосновый лес в утреннем тумане}, поднимается над гребнем, и открывается вид: {вид|бирюзовое горное озеро}. Ровное движение вперёд, широкий угол, горизонт не завален, длинные тени раннего утра. Без людей и надписей.',
      },
    },
  },
  {
    id: 'tracking',
    kind: 'video',
    settings: { aspectRatio: '9:16' },
    words: {
      en: {
        name: 'Camera: follow from the side',
        prompt:
          'Side tracking shot: the camera moves alongside {subject|a courier on a bicycle} at the same speed through {place|a narrow street wet after rain}. Subject sharp in the middle of the frame, background streaked by motion, reflections on the ground. Handheld, natural sway.',
      },
      ru: {
        name: 'Камера: проводка сбоку',
        prompt:
          'Боковая проводка: камера движется вровень с героем. {герой|Курьер на велосипеде}, {место|узкая улица после дождя}. Герой резкий и в середине кадра, фон смазан движением, на асфальте отражения. Съёмка с рук, лёгкое естественное покачивание.',
      },
    },
  },
  {
    id: 'product-turn',
    kind: 'video',
    settings: { aspectRatio: '1:1' },
    words: {
      en: {
        name: 'Product shot',
        prompt:
          'Studio product shot of {product|a matte black perfume bottle} on {surface|a slab of pale stone}. It turns slowly on its axis while a strip of soft light travels across its surface. Macro lens, seamless {color|warm grey} background, gentle reflection underneath. The shape and the label stay exactly the same. No hands, no added text.',
      },
      ru: {
        name: 'Предметная съёмка',
        prompt:
          'Предметная съёмка в студии: {товар|матовый чёрный флакон духов}, {поверхность|плита светлого камня}. Предмет медленно поворачивается вокруг оси, по нему скользит полоса мягкого света. Макрообъектив, бесшовный фон, цвет: {цвет фона|тёплый серый}, внизу лёгкое отражение. Форма и этикетка не меняются. Без рук и новых надписей.',
      },
    },
  },
  {
    id: 'loop',
    kind: 'video',
    settings: { aspectRatio: '1:1', generateAudio: false },
    words: {
      en: {
        name: 'Seamless loop',
        prompt:
          'Seamless loop: {motion|a paper boat rocking on still water}. The motion is cyclic and even, and the last frame matches the first one in position, light and color. Locked-off camera, {style|flat pastel illustration}, simple background. No cuts, no camera movement.',
      },
      ru: {
        name: 'Бесшовный цикл',
        prompt:
          'Бесшовный цикл: {движение|бумажный кораблик покачивается на тихой воде}. Движение повторяется ровно, последний кадр совпадает с первым по положению, свету и цвету. Камера неподвижна, {стиль|плоская иллюстрация в пастельных тонах}, простой фон. Без склеек.',
      },
    },
  },
  {
    id: 'talking-head',
    kind: 'video',
    settings: { aspectRatio: '9:16', duration: 8, generateAudio: true },
    words: {
      en: {
        name: 'Talking head',
        prompt:
          'Medium close-up of {person|a woman of about 40 in a green sweater} looking straight into the camera in {place|a bright kitchen}. Friendly and unhurried, speaking to the viewer: "{line|Three things I wish I had known before my first marathon.}" Natural gestures, lips in sync. Clear voice, quiet room tone, no music. No subtitles.',
      },
      ru: {
        name: 'Говорящая голова',
        prompt:
          'Средний крупный план: {человек|женщина лет сорока в зелёном свитере}, взгляд прямо в камеру, {место|светлая кухня}. Говорит по-русски, дружелюбно и без спешки: «{реплика|Три вещи, которые я хотела бы знать до первого марафона.}» Естественные жесты, губы совпадают с речью. Чистый голос, тихий фон комнаты, без музыки. Без субтитров.',
      },
    },
  },
  {
    id: 'dialogue',
    kind: 'video',
    settings: { aspectRatio: '16:9', duration: 8, generateAudio: true },
    words: {
      en: {
        name: 'Dialogue for two',
        prompt:
          'Two-shot at {place|a diner counter at night}: {first|an old man in a raincoat} on the left, {second|a young waitress} on the right. {first} says: "{first line|You still serve breakfast?}" A short pause. {second} answers with a half smile: "{second line|For you, always.}" Only one of them speaks at a time. Sound: rain on the window, a humming fridge. No subtitles.',
      },
      ru: {
        name: 'Диалог',
        prompt:
          'План на двоих, {место|стойка ночного кафе}. Слева {первый|пожилой мужчина в плаще}, справа {второй|молодая официантка}. Первым говорит тот, кто слева: «{реплика первого|Завтраки ещё подаёте?}» Короткая пауза. Тот, кто справа, отвечает с полуулыбкой: «{реплика второго|Вам — всегда.}» Говорят по-русски и по очереди. Звук: дождь за окном, гудит холодильник. Без субтитров.',
      },
    },
  },
  {
    id: 'time-lapse',
    kind: 'video',
    settings: { aspectRatio: '16:9', generateAudio: false },
    words: {
      en: {
        name: 'Time lapse',
        prompt:
          'Time lapse of {scene|a city skyline} from {from|late afternoon} to {to|night}. Locked-off camera on a tripod, the framing never changes. Clouds race, shadows sweep across the frame, lights come on one by one. Smooth exposure, no flicker.',
      },
      ru: {
        name: 'Таймлапс',
        prompt:
          'Таймлапс: {сцена|панорама города}. Время идёт: сначала {начало|предвечерний свет}, в конце {конец|ночь}. Камера на штативе, кадр не меняется. Быстро бегут облака, тени проходят через кадр, огни зажигаются один за другим. Экспозиция меняется плавно, без мерцания.',
      },
    },
  },
  {
    id: 'macro-food',
    kind: 'video',
    settings: { aspectRatio: '9:16' },
    words: {
      en: {
        name: 'Food in slow motion',
        prompt:
          'Extreme close-up in slow motion: {action|honey is poured over a stack of pancakes}. Steam rises against a dark background, warm light from behind, every texture sharp. The camera drifts a little to the right. Sound: {sound|a soft thick drip}. No hands, no text.',
      },
      ru: {
        name: 'Еда в замедлении',
        prompt:
          'Очень крупный план, замедленная съёмка: {действие|мёд льётся на стопку блинов}. На тёмном фоне поднимается пар, тёплый свет сзади, видна каждая фактура. Камера чуть смещается вправо. Звук: {звук|мягкие густые капли}. Без рук и надписей.',
      },
    },
  },
  {
    id: 'animate-photo',
    kind: 'video',
    settings: {},
    words: {
      en: {
        name: 'Bring a photo to life',
        prompt:
          'Start exactly from the first frame. {motion|Hair and clothes move in a light breeze, the person blinks and smiles slightly}. Faces, clothing, composition and colors stay as in the photo. The camera holds still. Nothing new enters the frame.',
      },
      ru: {
        name: 'Оживить фотографию',
        prompt:
          'Начать точно с первого кадра. {движение|Волосы и одежду шевелит лёгкий ветер, человек моргает и едва заметно улыбается}. Лица, одежда, композиция и цвета остаются как на фотографии. Камера неподвижна. Ничего нового в кадре не появляется.',
      },
    },
  },
]
