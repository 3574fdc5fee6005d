// Hands on what a link to the drawing says behind its #: the drawing reads its own address.
"use strict";

if (location.hash.length > 1) document.getElementById("drawing").src += location.hash;
