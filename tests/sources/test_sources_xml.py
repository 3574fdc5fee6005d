import pytest

PUBMED = """<?xml version="1.0"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "http://127.0.0.1:9/pubmed.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation><PMID>1</PMID><Article>
  <Journal><JournalIssue><PubDate><Year>2019</Year><Month>Nov</Month><Day>3</Day></PubDate>
</JournalIssue></Journal>
  <ArticleTitle>Seeing <i>E. coli</i> &eacute; H<sub>2</sub>O &amp; <b>more</b>.</ArticleTitle>
  <Abstract><AbstractText Label="BACKGROUND">We ask, p&lt;0.05.</AbstractText>
<AbstractText Label="RESULTS">Yes.</AbstractText></Abstract>
  <AuthorList><Author><LastName>Doe</LastName><ForeName>Jane</ForeName></Author><Author>
<CollectiveName>X Group</CollectiveName></Author></AuthorList>
</Article></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="doi">10.1000/own</ArticleId></ArticleIdList>
<ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.1000/cited</ArticleId>
</ArticleIdList></Reference></ReferenceList>
</PubmedData></PubmedArticle>
%s
<PubmedArticle><MedlineCitation><PMID>3</PMID><Article><ArticleTitle>The last</ArticleTitle></Article>
</MedlineCitation></PubmedArticle>
</PubmedArticleSet>"""


def test_pubmed_articles_become_papers(reading):
    papers, report = reading(PUBMED % "")
    first = papers[0]
    assert first.title == "Seeing E. coli é H2O & more."
    assert first.abstract == "BACKGROUND: We ask, p<0.05. RESULTS: Yes."
    assert (first.authors, first.issued, first.doi) == (("Jane Doe", "X Group"), "2019-11-03", "10.1000/own")
    assert (papers[1].title, papers[1].source) == ("The last", "input:record 2")
    assert report.failed == 0


@pytest.mark.parametrize(
    "inside",
    [
        "<ArticleTitle>H&E stained</ArticleTitle>",
        "<ArticleTitle>Wrong end</ArticleTitl>",
        "<ArticleTitle>No end",
        "<" * 50,
        "<x>" * 5000 + "</x>" * 5000,
    ],
)
def test_a_broken_record_costs_only_itself(reading, inside):
    record = f"<PubmedArticle><MedlineCitation><Article>{inside}</Article></MedlineCitation></PubmedArticle>"
    line = PUBMED[: PUBMED.index("%s")].count("\n") + 1
    papers, report = reading(PUBMED % record)
    assert [paper.title[:8] for paper in papers] == ["Seeing E", "The last"]
    assert (report.failed, report.failures[0].place) == (1, f"line {line}")
    assert "record 2" in report.failures[0].reason


def test_a_file_that_ends_within_a_record_says_where(reading):
    whole = PUBMED % ""
    papers, report = reading(whole[: whole.index("The last")])
    assert len(papers) == 1
    line = whole[: whole.index("<PubmedArticle><MedlineCitation><PMID>3<")].count("\n") + 1
    assert report.failures[0].place == f"line {line}"
    assert "ends within" in report.failures[0].reason


ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>A query</title><id>http://arxiv.org/api/x</id>
<entry><id>http://arxiv.org/abs/2506.10573v1</id><published>2025-06-12T11:01:57Z</published>
<updated>2025-07-01</updated>
<title>Seeing
  with a net</title><summary>  We see &lt; 5 of $x$.
</summary><author><name>Jane Doe</name></author><author><name>Max Roe</name></author>
<arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1000/J.1</arxiv:doi>
<link title="pdf" href="http://arxiv.org/pdf/2506.10573v1" rel="related"/>
<link href="http://arxiv.org/abs/2506.10573v1" rel="alternate" type="text/html"/></entry></feed>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_arxivs_atom_feed_becomes_papers_in_any_encoding(reading, encoding):
    (paper,), report = reading(ATOM.encode(encoding))
    assert (paper.title, paper.abstract) == ("Seeing with a net", "We see < 5 of $x$.")
    assert (paper.arxiv_id, paper.doi, paper.issued) == ("2506.10573", "10.1000/j.1", "2025-06-12")
    assert (paper.authors, paper.url) == (("Jane Doe", "Max Roe"), "http://arxiv.org/abs/2506.10573v1")
    assert report.failed == 0


def test_an_encoding_that_xml_declares_is_used(reading):
    feed = ATOM.replace("UTF-8", "ISO-8859-1").replace("Jane", "Ren\u00e9e")
    (paper,), _ = reading(feed.encode("latin-1"))
    assert paper.authors[0] == "Ren\u00e9e Doe"


def test_prefixes_declared_at_the_root_hold_for_every_entry(reading):
    feed = ATOM.replace("<feed xmlns=", '<a:feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:a=')
    for name in ("feed", "entry", "id", "title", "summary", "published", "author", "name", "link"):
        feed = (
            feed.replace(f"<{name}>", f"<a:{name}>")
            .replace(f"<{name} ", f"<a:{name} ")
            .replace(f"</{name}>", f"</a:{name}>")
        )
    (paper,), report = reading(feed.replace(' xmlns:arxiv="http://arxiv.org/schemas/atom">10.', ">10."))
    assert (paper.title, paper.doi, report.failed) == ("Seeing with a net", "10.1000/j.1", 0)


JATS = r"""<article xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML">
<front><article-meta><article-id pub-id-type="pmid">1</article-id>
<article-id pub-id-type="doi">10.1000/x</article-id>
<title-group><article-title>The <italic>E. coli</italic> net<xref ref-type="fn">*</xref><fn><p>A note</p>
</fn></article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Doe</surname><given-names>Jane</given-names>
</name></contrib>
<contrib contrib-type="editor"><name><surname>Ed</surname><given-names>Itor</given-names></name></contrib>
<contrib contrib-type="author"><collab>X Group</collab></contrib></contrib-group>
<pub-date pub-type="ppub"><year>2022</year></pub-date><pub-date pub-type="epub"><day>3</day>
<month>2</month><year>2021</year></pub-date>
<abstract abstract-type="graphical"><p>Not this.</p></abstract>
<abstract><title>Abstract</title><sec><title>Background</title><p>We see <inline-formula><alternatives>
<tex-math>\documentclass{minimal}\begin{document}$$x^2$$\end{document}</tex-math><mml:math>
<mml:mi>x</mml:mi></mml:math></alternatives></inline-formula>.</p></sec>
<sec><title>Results:</title><p>Yes.</p><p>Well.</p></sec></abstract><trans-abstract><p>Nor this.</p>
</trans-abstract>
</article-meta></front><body><sec><title>Introduction</title><p>Nor that.</p></sec></body><back>
<ref-list/></back></article>"""


@pytest.mark.parametrize("wrapped", ["%s", "<?xml version='1.0'?><pmc-articleset>%s</pmc-articleset>"])
def test_jats_gives_the_papers_own_abstract_with_its_headings(reading, wrapped):
    (paper,), report = reading(wrapped % JATS)
    assert paper.title.startswith("The E. coli net")
    assert "note" not in paper.title
    assert paper.abstract == "Background: We see $$x^2$$. Results: Yes. Well."
    assert (paper.authors, paper.issued, paper.doi) == (("Jane Doe", "X Group"), "2021-02-03", "10.1000/x")
    assert report.failed == 0


ENTITIES = """<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY secret SYSTEM "file://%s">
<!ENTITY %% outer SYSTEM "http://127.0.0.1:9/x">
<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"> %%outer;]>
<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T &secret; &c;</title>
<summary>S &c; &auml;</summary></entry></feed>"""


def test_entities_that_a_file_declares_are_neither_fetched_nor_expanded(reading, tmp_path):
    (tmp_path / "secret.txt").write_text("a secret of this machine")
    (paper,), _ = reading(ENTITIES % (tmp_path / "secret.txt"))
    assert (paper.title, paper.abstract) == ("T &secret; &c;", "S &c; \u00e4")


def test_entities_declared_within_a_record_are_inert_too(reading):
    inner = '<entry><!DOCTYPE x [<!ENTITY a "aaaaaaaa">]><title>T &a;</title></entry>'
    papers, _ = reading(f'<feed xmlns="http://www.w3.org/2005/Atom">{inner}</feed>')
    assert not [paper for paper in papers if "aaaa" in paper.text]


def test_markup_in_a_title_stays_text_and_is_not_run_through_twice(reading):
    (paper,), _ = reading(ATOM.replace("Seeing", "&lt;img src=x onerror=alert(1)&gt; &amp;lt;b&amp;gt;"))
    assert paper.title == "<img src=x onerror=alert(1)> <b> with a net"
