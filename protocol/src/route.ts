/** Where a command stands in the REST projection. Path parameters are fields of the command's input. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  /** The status of success; 204 has no body. */
  readonly status: 200 | 201 | 204
  /** Answers without a token. */
  readonly open?: true
  /** Answers without a token as well: then as to nobody in particular. A token that is shown has to be good. */
  readonly anonymous?: true
}
