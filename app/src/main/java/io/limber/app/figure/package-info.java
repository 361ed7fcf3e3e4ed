/**
 * Figures as data: a {@link io.limber.app.figure.FigureSpec} says what to draw, a {@link
 * io.limber.app.figure.FigureTable} holds the numbers and is the CSV beside the picture, {@link
 * io.limber.app.figure.FigureFiles} writes and redraws both. Equal inputs give equal bytes of SVG
 * on every machine. Safe on any thread.
 */
package io.limber.app.figure;
