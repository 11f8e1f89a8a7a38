import { type Kysely, sql } from 'kysely'
import type { Tables } from '../schema.ts'
import type { Dialect } from '../sql.ts'

/** The tables of the first version. */
export async function start(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const id = dialect.idType
  await db.schema
    .createTable('users')
    .addColumn('id', id, (c) => c.primaryKey().autoIncrement())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('email', 'text')
    .addColumn('password_hash', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('deleted_at', 'text')
    .execute()
  await db.schema
    .createTable('sessions')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('user', id, (c) => c.notNull().references('users.id'))
    .addColumn('refresh_hash', 'text', (c) => c.unique())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('last_used_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('client', 'text')
    .addColumn('address', 'text')
    .execute()
  await db.schema
    .createTable('traded_refreshes')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('session', 'text', (c) => c.notNull().references('sessions.id').onDelete('cascade'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('successor', 'text')
    .modifyEnd(dialect.clustered)
    .execute()
  await db.schema
    .createTable('rooms')
    .addColumn('id', id, (c) => c.primaryKey().autoIncrement())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('name_key', 'text', (c) => c.notNull())
    .addColumn('topic', 'text', (c) => c.notNull())
    .addColumn('visibility', 'text', (c) => c.notNull())
    .addColumn('archived', 'integer', (c) => c.notNull())
    .addColumn('creator', id)
    .addColumn('head', id, (c) => c.notNull())
    .addColumn('rights_seq', id, (c) => c.notNull())
    .addColumn('member_count', 'integer', (c) => c.notNull())
    .addColumn('direct_key', 'text', (c) => c.unique())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('members')
    .addColumn('room', id, (c) => c.notNull().references('rooms.id'))
    .addColumn('user', id, (c) => c.notNull().references('users.id'))
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('muted_until', 'text')
    .addColumn('joined_at', 'text', (c) => c.notNull())
    .addColumn('read', id, (c) => c.notNull())
    .addPrimaryKeyConstraint('members_key', ['room', 'user'])
    .modifyEnd(dialect.clustered)
    .execute()
  await db.schema
    .createTable('bans')
    .addColumn('room', id, (c) => c.notNull().references('rooms.id'))
    .addColumn('user', id, (c) => c.notNull().references('users.id'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by', id, (c) => c.notNull())
    .addPrimaryKeyConstraint('bans_key', ['room', 'user'])
    .modifyEnd(dialect.clustered)
    .execute()
  await db.schema
    .createTable('invites')
    .addColumn('code', 'text', (c) => c.primaryKey())
    .addColumn('room', id, (c) => c.notNull().references('rooms.id'))
    .addColumn('user', id, (c) => c.notNull().references('users.id'))
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .modifyEnd(dialect.clustered)
    .execute()
  await db.schema
    .createTable('participants')
    .addColumn('room', id, (c) => c.notNull().references('rooms.id'))
    .addColumn('user', id, (c) => c.notNull().references('users.id'))
    .addPrimaryKeyConstraint('participants_key', ['room', 'user'])
    .modifyEnd(dialect.clustered)
    .execute()
  await db.schema
    .createTable('mutes')
    .addColumn('room', id, (c) => c.notNull().references('rooms.id'))
    .addColumn('user', id, (c) => c.notNull().references('users.id'))
    .addColumn('until', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('mutes_key', ['room', 'user'])
    .modifyEnd(dialect.clustered)
    .execute()
  // No foreign keys on the tables of the hot path: the transaction has looked up room, author and reply itself.
  await db.schema
    .createTable('messages')
    .addColumn('id', id, (c) => c.primaryKey())
    .addColumn('room', id, (c) => c.notNull())
    .addColumn('seq', id, (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('author', id)
    .addColumn('author_name', 'text')
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
    .addColumn('edited_at', 'text')
    .addColumn('deleted_at', 'text')
    .addColumn('reply_to', id)
    .addColumn('mentions', 'text')
    .addColumn('nonce', 'text')
    .addColumn('first_text', 'text')
    .addColumn('first_mentions', 'text')
    .addColumn('content_hash', 'text')
    .execute()
  await db.schema
    .createTable('mentions')
    .addColumn('room', id, (c) => c.notNull())
    .addColumn('user', id, (c) => c.notNull())
    .addColumn('seq', id, (c) => c.notNull())
    .addPrimaryKeyConstraint('mentions_key', ['room', 'user', 'seq'])
    .modifyEnd(dialect.clustered)
    .execute()
  await db.schema
    .createTable('reactions')
    .addColumn('message', id, (c) => c.notNull())
    .addColumn('user', id, (c) => c.notNull())
    .addColumn('emoji', 'text', (c) => c.notNull())
    .addColumn('seq', id, (c) => c.notNull())
    .addPrimaryKeyConstraint('reactions_key', ['message', 'emoji', 'user'])
    .modifyEnd(dialect.clustered)
    .execute()
  await db.schema
    .createTable('events')
    .addColumn('room', id, (c) => c.notNull())
    .addColumn('seq', id, (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('actor', id)
    .addColumn('actor_name', 'text')
    .addColumn('subject', id)
    .addColumn('message', id)
    .addColumn('data', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('events_key', ['room', 'seq'])
    .modifyEnd(dialect.clustered)
    .execute()
  await indexes(db)
}

async function indexes(db: Kysely<Tables>): Promise<void> {
  const statements = [
    sql`create unique index users_name on users (name) where kind = 'user'`,
    sql`create unique index users_email on users (email) where email is not null`,
    sql`create index sessions_user on sessions ("user")`,
    sql`create index traded_refreshes_session on traded_refreshes (session)`,
    sql`create index rooms_listed on rooms (id) where visibility in ('open', 'public') and archived = 0`,
    sql`create index rooms_name on rooms (name_key, name) where visibility in ('open', 'public') and archived = 0`,
    sql`create index rooms_creator on rooms (creator) where creator is not null`,
    sql`create index members_user on members ("user", room)`,
    sql`create index members_role on members (room, role, joined_at)`,
    sql`create index invites_room on invites (room)`,
    sql`create index invites_user on invites ("user")`,
    sql`create index bans_user on bans ("user")`,
    sql`create index mutes_user on mutes ("user")`,
    sql`create index participants_user on participants ("user", room)`,
    sql`create unique index messages_place on messages (room, seq)`,
    sql`create unique index messages_nonce on messages (nonce, author) where nonce is not null`,
    sql`create index mentions_place on mentions (room, seq)`,
    sql`create index events_edits on events (message) where type = 'message.edited'`,
  ]
  for (const statement of statements) await statement.execute(db)
}
