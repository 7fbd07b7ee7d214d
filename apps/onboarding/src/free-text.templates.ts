/** What is said about a text with characters in it that cannot be seen. */
export const controlCharacters = {
  code: 'control_characters',
  id: 'berisi karakter kendali yang tidak terlihat',
  en: 'has control characters in it, which cannot be seen',
};
