-- What is searched for is normalised by lib/contract/text/searchable.ts, and so is what is kept for searching. These rows
-- were kept in lower case only; their texts are normalised here as far as PostgreSQL knows the same rules.
CREATE FUNCTION pg_temp.searchable(kept text) RETURNS text LANGUAGE sql AS $$
  SELECT trim(regexp_replace(translate(replace(normalize(regexp_replace(replace(
    normalize(regexp_replace(normalize(kept, NFKC),
      '[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\U000E0000-\U000E0FFF]',
      '', 'g'), NFD),
    U&'\0438\0306', U&'\0439'),
    '[\u0300-\u036F\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0640\u064B-\u065F\u0670]', '', 'g'), NFC),
    'ß', 'ss'), 'ıđħłøςيىك', 'idhloσییک'), '\s+', ' ', 'g'))
$$;
--> statement-breakpoint
DO $$
BEGIN
  -- A database in another encoding cannot normalise: its rows are found by what they say in lower case.
  IF current_setting('server_encoding') = 'UTF8' THEN
    UPDATE chat SET search_title = pg_temp.searchable(coalesce(nullif(search_title, ''), lower(title)));
    UPDATE chat_message SET search_text = pg_temp.searchable(search_text)
      WHERE search_text !~ '^([!-~]+( [!-~]+)*)?$';
  END IF;
END
$$;
--> statement-breakpoint
DROP FUNCTION pg_temp.searchable(text);