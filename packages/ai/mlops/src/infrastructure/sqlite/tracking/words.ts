import type { Database } from '../database.ts'

/** Small numbers for the keys of metrics, params and tags: a row then holds a number instead of a text. */
export class Words {
  readonly #database: Database
  #ids = new Map<string, number>()
  #texts = new Map<number, string>()
  #generation = 0

  constructor(database: Database) {
    this.#database = database
  }

  /** The word's number, or undefined: nothing has this key. */
  find(text: string): number | undefined {
    this.#forgetRefused()
    const known = this.#ids.get(text)
    if (known !== undefined) return known
    const row = this.#database.sql('SELECT id FROM word WHERE text = ?').get(text)
    return row === undefined ? undefined : this.#remember(Number(row['id']), text)
  }

  /** The word's number, given now where it had none: inside a write only. */
  idOf(text: string): number {
    const known = this.find(text)
    if (known !== undefined) return known
    return this.#remember(this.#database.sql('INSERT INTO word (text) VALUES (?)').run(text).lastRowId, text)
  }

  /** The word of a number. */
  textOf(id: number): string {
    this.#forgetRefused()
    const known = this.#texts.get(id)
    if (known !== undefined) return known
    const text = String(this.#database.sql('SELECT text FROM word WHERE id = ?').get(id)?.['text'])
    this.#remember(id, text)
    return text
  }

  #remember(id: number, text: string): number {
    this.#ids.set(text, id)
    this.#texts.set(id, text)
    return id
  }

  // What a refused write named is not in the file, and its number may go to another word.
  #forgetRefused(): void {
    if (this.#generation === this.#database.rollbacks) return
    this.#generation = this.#database.rollbacks
    this.#ids = new Map()
    this.#texts = new Map()
  }
}
