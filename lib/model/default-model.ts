/** The model that ships as the default, used where nobody names another. */
export const DEFAULT_MODEL = 'linked'
