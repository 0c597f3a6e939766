-- Earlier versions recorded the addresses in errors with their passwords and tokens. Now *** stands in their place; the
-- same is done here to the rows that exist, as far as the address or the name of a parameter shows what is secret.

create function raw.redacted(given text) returns text language sql immutable as $$
    select regexp_replace(
        regexp_replace(given, '://[^/?#\s]*@', '://***@', 'g'),
        '((password|passwd|token|secret|api_?key|authorization)["'']?\s*=\s*)(''[^'']*''|[^\s&]+)', '\1***', 'gi'
    )
$$;

update raw.runs
set error = raw.redacted(error)
where error <> raw.redacted(error);

update raw.runs
set challenger_error = raw.redacted(challenger_error)
where challenger_error <> raw.redacted(challenger_error);

update raw.feeds
set error = raw.redacted(error)
where error <> raw.redacted(error);

update raw.feed_files
set error = raw.redacted(error)
where error <> raw.redacted(error);

update raw.model_promotions
set why = raw.redacted(why)
where why <> raw.redacted(why);

drop function raw.redacted(text);
