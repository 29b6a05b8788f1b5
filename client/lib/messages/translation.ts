/** The same keys as the English messages, each with a text of its own: a missing or extra key does not compile. */
export type Translation<Messages> = {
  readonly [Key in keyof Messages]: Messages[Key] extends string ? string : Translation<Messages[Key]>
}
