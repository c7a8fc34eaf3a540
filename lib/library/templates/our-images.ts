import type { OurTemplate } from './our-videos.ts'

export const ourImages: OurTemplate[] = [
  {
    id: 'packshot',
    kind: 'image',
    settings: { aspectRatio: '4:5' },
    words: {
      en: {
        name: 'Product photo',
        prompt:
          'Commercial product photo of {product|a ceramic coffee cup} on {surface|raw oak}, three-quarter view. Large softbox from the left, soft shadow on the right, {color|sage green} paper background. 85 mm lens, everything in focus, true colors, space at the top for a headline. No text, no logo.',
      },
      ru: {
        name: 'Фото товара',
        prompt:
          'Рекламное фото: {товар|керамическая кофейная чашка}, {поверхность|необработанный дуб}, ракурс в три четверти. Большой софтбокс слева, мягкая тень справа, бумажный фон, цвет: {цвет фона|шалфейный зелёный}. Объектив 85 мм, всё в резкости, точные цвета, сверху место под заголовок. Без надписей и логотипов.',
      },
    },
  },
  {
    id: 'portrait',
    kind: 'image',
    settings: { aspectRatio: '3:4' },
    words: {
      en: {
        name: 'Editorial portrait',
        prompt:
          'Editorial portrait of {person|a ship carpenter in his sixties} in {place|his workshop}. Window light from the left, dark background, eyes sharp, skin with natural texture. 85 mm lens at f/2, muted colors, calm expression, looking {direction|past the camera}.',
      },
      ru: {
        name: 'Журнальный портрет',
        prompt:
          'Журнальный портрет: {человек|корабельный плотник лет шестидесяти}, {место|его мастерская}. Свет из окна слева, тёмный фон, глаза в резкости, естественная текстура кожи. Объектив 85 мм, f/2, приглушённые цвета, спокойное лицо, взгляд {куда|мимо камеры}.',
      },
    },
  },
  {
    id: 'poster',
    kind: 'image',
    settings: { aspectRatio: '2:3' },
    words: {
      en: {
        name: 'Poster with a headline',
        prompt:
          'Poster for {event|an open-air jazz night}. One strong image: {image|a saxophone whose bell opens into a night sky}. At the top, large and exactly as written, the headline "{headline|BLUE HOUR}"; at the bottom, small, "{line|14 June, City Park}". {style|Screen print in two colors, grainy texture}. No other text.',
      },
      ru: {
        name: 'Афиша с заголовком',
        prompt:
          'Афиша, событие: {событие|джаз под открытым небом}. Один сильный образ: {образ|раструб саксофона раскрывается в ночное небо}. Вверху крупно, буква в букву, заголовок «{заголовок|СИНИЙ ЧАС}», внизу мелко «{строка|14 июня, городской парк}». {стиль|Шелкография в два цвета, зернистая фактура}. Другого текста нет.',
      },
    },
  },
  {
    id: 'background',
    kind: 'image',
    settings: {},
    words: {
      en: {
        name: 'Replace the background',
        prompt:
          'Replace the background of the reference picture with {place|a sunlit concrete studio}. Keep the subject, its pose, proportions, colors and edges exactly as they are. Match direction, softness and color of the light, and add a natural contact shadow. Change nothing else.',
      },
      ru: {
        name: 'Заменить фон',
        prompt:
          'Замени фон на картинке. Новый фон: {место|залитая солнцем бетонная студия}. Сам объект, его поза, пропорции, цвета и контуры остаются точно как есть. Согласуй направление, мягкость и оттенок света, добавь естественную тень под объектом. Больше ничего не меняй.',
      },
    },
  },
]
