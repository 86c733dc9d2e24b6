import { PROMPT_TAG, type RegistryContext } from './registry-context.ts'

type Word = 'registered-model' | 'registered-model-tag' | 'model-version' | 'model-version-tag' | 'model-version-alias'

const WORDS: Readonly<Record<Word, string>> = {
  'registered-model': 'prompt',
  'registered-model-tag': 'prompt-tag',
  'model-version': 'prompt-version',
  'model-version-tag': 'prompt-version-tag',
  'model-version-alias': 'prompt-alias',
}

/** What an event calls its subject: a model, or a prompt where the model is tagged as one (MLflow's webhook entities). */
export function wordOf({ database }: RegistryContext, model: number, word: Word): string {
  const tag = database.sql('SELECT value FROM registered_model_tag WHERE model = ? AND key = ?').get(model, PROMPT_TAG)
  return tag?.['value'] === 'true' ? WORDS[word] : word
}
