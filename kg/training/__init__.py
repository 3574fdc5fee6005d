"""Training of the extraction weights from annotated papers.

``python -m kg.training GOLD... --background ABSTRACTS... -o WEIGHTS`` retrains what ships; with ``--folds 5``
it cross-validates instead. Needs scikit-learn (``pip install biomed-kg[train]``); a build does not.
"""
