/** Steps that parsing took, since this module was loaded: tests count them, to see that they grow as the text does. */
export const work = { steps: 0 }
